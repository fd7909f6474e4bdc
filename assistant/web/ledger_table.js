// A table of ledger rows: sorted by its headings, opened by a click or Enter. All text enters through textContent.
// data: {columns: [{key, title, number}], rows: [{id, cells: [text]}], sort: {key, descending}, open: id | null, view: text}
export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".ledger")
  const table = make("table", "", [headOf(data, setTriggerValue), bodyOf(data, setTriggerValue)])
  const stay = box.dataset.view === data.view ? box.scrollTop : 0
  box.replaceChildren(table)
  box.scrollTop = stay
  if (box.dataset.view !== data.view) box.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" })
  box.dataset.view = data.view
}

function headOf(data, setTriggerValue) {
  const cells = data.columns.map((column) => {
    const button = make("button", column.title)
    button.type = "button"
    const sorted = data.sort.key === column.key
    if (sorted) button.className = data.sort.descending ? "down" : "up"
    button.title = "按" + column.title + "排序"
    button.onclick = () => setTriggerValue("sort", column.key)
    const cell = make("th", "", [button])
    cell.scope = "col"
    cell.setAttribute("aria-sort", !sorted ? "none" : data.sort.descending ? "descending" : "ascending")
    return cell
  })
  return make("thead", "", [make("tr", "", cells)])
}

function bodyOf(data, setTriggerValue) {
  return make("tbody", "", data.rows.map((row) => {
    const cells = row.cells.map((text, at) => {
      const cell = make("td", text)
      cell.dataset.title = data.columns[at].title
      if (data.columns[at].number) cell.className = "number"
      return cell
    })
    const line = make("tr", "", cells)
    line.tabIndex = 0
    line.setAttribute("aria-selected", String(row.id === data.open))
    line.onclick = () => setTriggerValue("open", row.id)
    line.onkeydown = (event) => step(event, line, () => setTriggerValue("open", row.id))
    return line
  }))
}

function step(event, line, open) {
  const next = { ArrowDown: line.nextElementSibling, ArrowUp: line.previousElementSibling }[event.key]
  if (next) next.focus()
  if (event.key === "Enter" || event.key === " ") open()
  if (next || event.key === " ") event.preventDefault()
}

function make(tag, text, children = []) {
  const element = document.createElement(tag)
  if (text) element.textContent = text
  element.append(...children)
  return element
}
