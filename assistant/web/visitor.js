// Keeps the visitor's key in a cookie of this site, a year from each visit; a key that is there already wins.
export default function ({ data, setTriggerValue }) {
  const known = document.cookie.match(new RegExp(`(?:^|; )${data.cookie}=([\\w-]{43})(?:;|$)`))?.[1]
  const year = 365 * 24 * 60 * 60
  document.cookie = `${data.cookie}=${known ?? data.key}; path=/; max-age=${year}; SameSite=Strict`
  if (known && known !== data.key) setTriggerValue("held", known)
}
