/**
 * Replaces a part of the page under the hands of whoever reads it.
 *
 * @module
 */

/** Sets the content of `part`; what was open stays open, and the focus stays where it was. */
export function replace(part: HTMLElement, html: string): void {
  const open = [...part.querySelectorAll("details")]
    .map((details) => details.open);
  const places = [...part.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const focused = document.activeElement;
  const name = focused !== null && part.contains(focused)
    ? nameOf(focused)
    : null;
  const nth = name === null
    ? -1
    : places.filter((place) => nameOf(place) === name)
      .findIndex((place) => place === focused);
  part.innerHTML = html;
  part.querySelectorAll("details").forEach((details, i) => {
    details.open = open[i] ?? details.open;
  });
  if (name === null) return;
  [...part.querySelectorAll<HTMLElement>(FOCUSABLE)]
    .filter((place) => nameOf(place) === name)[Math.max(nth, 0)]?.focus();
}

const FOCUSABLE = "a, summary, [tabindex]";

/** The same before and after. */
function nameOf(element: Element): string {
  return element.getAttribute("href") ?? element.getAttribute("aria-label") ??
    element.textContent ?? "";
}
