/** Element Plus finds its dark colours by a class, the browser says it by a media query. */
export function followColourScheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => document.documentElement.classList.toggle('dark', dark.matches)
  dark.addEventListener('change', follow)
  follow()
}
