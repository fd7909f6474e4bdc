// Draws text with marks in it. All text enters the page through textContent, so none of it can be markup.
// data: {pieces: [{text, kind: "plain" | "faint" | "highlight" | "citation", citation?}], open: number | null, scroll: "start" | "center" | "end" | null}
export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".passage")
  box.replaceChildren(...data.pieces.map((piece) => draw(piece, data.open, setTriggerValue)))
  if (data.scroll) bringIntoView(box, data.scroll)
}

const TAGS = { plain: "span", faint: "span", highlight: "mark", citation: "button" }

function draw(piece, open, setTriggerValue) {
  const element = document.createElement(TAGS[piece.kind])
  element.className = piece.kind
  element.textContent = piece.text
  if (piece.kind === "citation") {
    element.type = "button"
    element.title = "查看出处"
    element.setAttribute("aria-expanded", String(piece.citation === open))
    element.onclick = () => setTriggerValue("source", piece.citation)
  }
  return element
}

// What is new comes into sight: on the page, and a highlight inside the box of its quotation. Streamlit keeps
// a page that was at its end there, so this has to follow once the new parts have their size.
function bringIntoView(box, block) {
  if (box.dataset.seen) return
  box.dataset.seen = "yes"
  const highlight = box.querySelector("mark")
  if (highlight) box.scrollTop = highlight.offsetTop - box.clientHeight / 3
  setTimeout(() => beside(box, block).scrollIntoView({ block: block === "center" && isWide() ? "start" : block }), 200)
}

// On a wide screen a quotation stands beside its answer, and the row of both is what has to be in sight.
function beside(box, block) {
  const row = box.getRootNode().host?.closest(".stHorizontalBlock")
  return block === "center" && isWide() && row ? row : box
}

function isWide() {
  return window.innerWidth > 640
}
