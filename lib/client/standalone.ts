/** Marks an app opened from the home screen, before the first paint; its viewport is measured differently. Refers to nothing outside itself. */
export function markStandalone(): void {
  if ('standalone' in navigator && navigator.standalone === true) document.documentElement.dataset['standalone'] = '';
}
