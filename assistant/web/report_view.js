// A report to read: outline, search, text with its figures. All text enters through textContent.
// data: {version, blocks: [{kind, level, line: [piece], header: [text], rows: [[[piece]]]}], outline: [[title, level, block]], open: id | null}
// piece: [text, figure id | null, "" | "wanted" | "doubtful" | "wanted doubtful"]
export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".reader")
  if (box.dataset.version !== data.version) build(box, data)
  box.dataset.version = data.version
  const open = (figure) => setTriggerValue("figure", figure)
  box.onclick = (event) => event.target.dataset.figure && open(event.target.dataset.figure)
  box.onkeydown = (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !event.target.dataset.figure) return
    event.preventDefault()
    open(event.target.dataset.figure)
  }
  for (const figure of box.querySelectorAll(".open")) figure.classList.remove("open")
  for (const figure of box.querySelectorAll(".figure")) if (figure.dataset.figure === data.open) figure.classList.add("open")
}

function build(box, data) {
  const text = box.querySelector(".text")
  const blocks = data.blocks.map(drawBlock)
  text.replaceChildren(...blocks)
  text.scrollTop = 0
  const titles = data.outline.map(([title, level, at]) => {
    const button = make("button", title, "level" + Math.min(level, 5))
    button.type = "button"
    button.onclick = () => blocks[at].scrollIntoView({ block: "start" })
    return button
  })
  const nav = box.querySelector("nav")
  nav.replaceChildren(...titles)
  box.querySelector("details").open = window.innerWidth > 640
  prepareSearch(box, text)
  // twice: blocks out of sight have a guessed height until they have been drawn
  const wanted = text.querySelector(".wanted")
  const reach = () => wanted?.scrollIntoView({ block: "center" })
  setTimeout(reach, 100)
  setTimeout(reach, 400)
}

const TAGS = { title: "h2", heading: "h3", paragraph: "p", between: "p" }

function drawBlock(block) {
  if (block.kind === "table") return drawTable(block)
  const element = make(TAGS[block.kind], "", block.kind + (block.level ? " level" + Math.min(block.level, 5) : ""))
  element.append(...block.line.map(drawPiece))
  return element
}

function drawTable(block) {
  const table = make("table")
  if (block.header.length) {
    const head = make("tr")
    head.append(...block.header.map((title) => Object.assign(make("th", title), { scope: "col" })))
    table.append(Object.assign(make("thead"), {}))
    table.tHead.append(head)
  }
  const body = table.createTBody()
  for (const row of block.rows) {
    const line = body.insertRow()
    for (const cell of row) line.insertCell().append(...cell.map(drawPiece))
  }
  const frame = make("div", "", "table")
  frame.tabIndex = 0
  frame.append(table)
  return frame
}

function drawPiece([text, figure, mark]) {
  if (!figure && !mark) return document.createTextNode(text)
  const element = make("span", text, mark)
  if (mark.includes("doubtful")) element.title = "扫描识别，待核对原件"
  if (figure) {
    element.classList.add("figure")
    element.dataset.figure = figure
    element.tabIndex = 0
    element.setAttribute("role", "button")
  }
  return element
}

function prepareSearch(box, text) {
  const field = box.querySelector("input")
  const count = box.querySelector("output")
  const [before, after] = box.querySelectorAll(".step")
  let found = []
  let at = -1
  const show = (to) => {
    at = found.length ? (to + found.length) % found.length : -1
    paint("jushi-found", found)
    paint("jushi-current", at < 0 ? [] : [found[at]])
    count.textContent = field.value.trim() ? (found.length ? `${at + 1}/${found.length}` : "没有") : ""
    before.disabled = after.disabled = found.length < 2
    if (at >= 0) found[at].startContainer.parentElement.scrollIntoView({ block: "center" })
  }
  let waiting
  field.value = ""
  field.oninput = () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => { found = search(text, field.value); show(0) }, 150)
  }
  field.onkeydown = (event) => event.key === "Enter" && show(at + (event.shiftKey ? -1 : 1))
  before.onclick = () => show(at - 1)
  after.onclick = () => show(at + 1)
  show(0)
}

const MOST_FOUND = 2000

// Ranges over the text of each block, cells of a table one by one; spaces typed are passed over.
function search(text, typed) {
  const wanted = typed.replace(/\s+/g, "").toLowerCase()
  const found = []
  if (!wanted) return found
  for (const block of text.querySelectorAll("h2, h3, p, td, th")) {
    const nodes = []
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    let whole = ""
    while (walker.nextNode()) {
      nodes.push([whole.length, walker.currentNode])
      whole += walker.currentNode.data
    }
    const plain = whole.toLowerCase()
    for (let start = plain.indexOf(wanted); start >= 0 && found.length < MOST_FOUND; start = plain.indexOf(wanted, start + wanted.length)) {
      found.push(rangeOf(nodes, start, start + wanted.length))
    }
  }
  return found
}

function rangeOf(nodes, start, end) {
  const range = document.createRange()
  const holding = (offset) => nodes.findLast(([begin]) => begin <= offset)
  const [first, opening] = holding(start)
  const [last, closing] = holding(end - 1)
  range.setStart(opening, start - first)
  range.setEnd(closing, end - last)
  return range
}

function paint(name, ranges) {
  if (window.CSS?.highlights) CSS.highlights.set(name, new Highlight(...ranges))
}

function make(tag, text = "", className = "") {
  const element = document.createElement(tag)
  element.textContent = text
  if (className) element.className = className
  return element
}
