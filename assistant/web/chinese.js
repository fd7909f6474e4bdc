// Puts Chinese in the place of what Streamlit itself says in English. Only the elements and the whole texts of the
// table are touched, so that nothing a report or a reader wrote is changed.
// data: {words: [[selector, attribute or "text", pattern, Chinese]]}
export default function ({ data }) {
  document.documentElement.lang = "zh-CN"
  if (window.jushiChinese) return
  const words = data.words.map(([selector, where, pattern, chinese]) => [selector, where, new RegExp(`^${pattern}$`), chinese])
  let waiting = 0
  const say = () => {
    waiting = 0
    for (const word of words) for (const element of document.querySelectorAll(word[0])) put(element, ...word.slice(1))
  }
  window.jushiChinese = new MutationObserver(() => (waiting ||= requestAnimationFrame(say)))
  const watched = ["aria-label", "title", "placeholder"]
  window.jushiChinese.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: watched })
  say()
}

function put(element, where, pattern, chinese) {
  if (where !== "text") {
    const said = element.getAttribute(where)
    if (said && pattern.test(said)) element.setAttribute(where, said.replace(pattern, chinese))
    return
  }
  const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
  const said = texts.map((node) => node.data).join("").trim()
  if (!said || !pattern.test(said)) return
  texts.forEach((node, at) => (node.data = at ? "" : said.replace(pattern, chinese)))
}
