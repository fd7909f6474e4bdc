// Draws figure cards with the bar of target and actual, the years, and buttons that copy. All text enters the page
// through textContent. data: {cards: [{name, before, number, unit, after, doubt, facts: [[label, value]], bar, years, copy}],
// copy: {label, text} | null}
export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".figures")
  const cards = element("div", "cards")
  cards.append(...data.cards.map(card))
  box.replaceChildren(...(data.cards.length ? [cards] : []))
  if (data.copy) box.append(copyButton(data.copy.label, data.copy.text, "all"))
}

function card(figure) {
  const made = element("div", "card")
  made.setAttribute("role", "group")
  made.setAttribute("aria-label", figure.name)
  const value = element("div", "value")
  value.append(figure.before, element("b", "", figure.number), element("span", "", figure.unit + figure.after))
  if (figure.doubt) value.append(doubt(figure.doubt))
  made.append(element("div", "name", figure.name), value, facts(figure.facts))
  if (figure.bar) made.append(bar(figure.bar))
  if (figure.years.length) made.append(years(figure.years))
  if (figure.copy) made.append(copyButton("复制数字与出处", figure.copy, "one"))
  return made
}

function doubt(why) {
  const made = element("em", "doubt", "待核")
  made.title = why
  return made
}

function facts(pairs) {
  const list = element("dl", "facts")
  for (const [label, value] of pairs) {
    const pair = element("div")
    pair.append(element("dt", "", label), element("dd", "", value))
    list.append(pair)
  }
  return list
}

// bar: {target, actual, rate, met, filled: 0..1, mark: 0..1}
function bar(data) {
  const made = element("div", "bar")
  if (data.filled !== null) {
    const track = element("div", "track")
    const filled = element("div", data.met === false ? "filled unmet" : "filled")
    filled.style.width = `${data.filled * 100}%`
    const mark = element("div", "mark")
    mark.style.left = `${data.mark * 100}%`
    track.append(filled, mark)
    made.append(track)
  }
  made.append(element("div", "said", data.said))
  return made
}

// years: [{year, value, height: 0..1}]
function years(points) {
  const made = element("div", "years")
  made.setAttribute("role", "img")
  made.setAttribute("aria-label", points.map((point) => `${point.year}年${point.value}`).join("，"))
  for (const point of points) {
    const column = element("div", "year")
    const stick = element("i")
    stick.style.height = `${Math.max(point.height, 0.02) * 2.5}rem`
    column.append(element("span", "", point.value), stick, element("span", "", `${point.year}年`))
    made.append(column)
  }
  return made
}

function copyButton(label, text, css) {
  const button = element("button", `copy ${css}`, label)
  button.type = "button"
  button.onclick = async () => {
    button.textContent = (await copied(text)) ? "已复制" : "没有复制成功，请选中文字后按复制键"
    setTimeout(() => (button.textContent = label), 2000)
  }
  return button
}

// Over plain http from another machine the browser offers no clipboard; a selected text area still copies.
async function copied(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {}
  }
  const area = document.createElement("textarea")
  area.value = text
  area.setAttribute("readonly", "")
  area.style.cssText = "position: fixed; top: 0; opacity: 0"
  document.body.append(area)
  const focused = document.activeElement
  area.select()
  try {
    return document.execCommand("copy")
  } finally {
    area.remove()
    focused?.focus?.({ preventScroll: true })
  }
}

function element(tag, css = "", text = "") {
  const made = document.createElement(tag)
  if (css) made.className = css
  made.textContent = text
  return made
}
