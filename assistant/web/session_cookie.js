// Hands the session to the server's own route, which answers with a cookie that scripts cannot read.
export default function ({ data }) {
  if (data.token === undefined || globalThis.jushiSession === data.token) return
  globalThis.jushiSession = data.token
  fetch(data.route, { method: "POST", body: data.token, credentials: "same-origin" })
}
