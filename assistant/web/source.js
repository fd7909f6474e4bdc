// Draws a source: a paragraph, or the rows of a table around the cited cell. All text enters through textContent.
// data: {pieces: [{text, kind}]} or {header: [text], rows: [[{pieces, cited}]], first, of}
const TAGS = { plain: "span", faint: "span", quoted: "span", highlight: "mark" }

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".source")
  box.replaceChildren(...(data.rows ? [table(data)] : data.pieces.map(piece)))
  box.classList.toggle("tabular", Boolean(data.rows))
  if (box.dataset.seen === data.place) return
  box.dataset.seen = data.place
  setTimeout(() => show(box), 150)
}

function piece({ text, kind }) {
  const made = document.createElement(TAGS[kind])
  made.className = kind
  made.textContent = text
  return made
}

function table({ header, rows }) {
  const made = document.createElement("table")
  if (header.length) made.append(row(header.map((text) => cell("th", [{ text, kind: "plain" }], false))))
  for (const cells of rows) made.append(row(cells.map(({ pieces, cited }) => cell("td", pieces, cited))))
  return made
}

function row(cells) {
  const made = document.createElement("tr")
  made.append(...cells)
  return made
}

function cell(tag, pieces, cited) {
  const made = document.createElement(tag)
  if (cited) made.className = "cited"
  made.append(...pieces.map(piece))
  return made
}

// The highlight in the middle of its box, and the box in sight.
function show(box) {
  const found = box.querySelector("mark") ?? box.querySelector(".cited, .quoted")
  if (found) {
    const at = found.getBoundingClientRect()
    const frame = box.getBoundingClientRect()
    box.scrollTop += at.top - frame.top - box.clientHeight / 3
    box.scrollLeft += at.left - frame.left - box.clientWidth / 3
  }
  const narrow = window.innerWidth <= 640
  const row = box.getRootNode().host?.closest(".stHorizontalBlock")
  const target = narrow || !row ? box : row
  target.scrollIntoView({ block: narrow ? "center" : "nearest" })
}
