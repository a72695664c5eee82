/**
 * The sliders and buttons.
 *
 * @module
 */

/** Reads and moves the sliders of an explorer. */
export class Controls {
  /** Called with the rank of a slider that a person has moved. */
  onSlide: (rank: number) => void = () => {};
  readonly #root: HTMLElement;
  readonly #sliders: readonly HTMLInputElement[];

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#sliders = [
      ...root.querySelectorAll<HTMLInputElement>("input[type=range]"),
    ];
    this.#sliders.forEach((slider, rank) => {
      slider.addEventListener("input", () => {
        tell(slider);
        this.onSlide(rank);
      });
    });
  }

  /** The level of each slider, the most active axis first. */
  get levels(): readonly number[] {
    return this.#sliders.map(({ value }) => Number(value));
  }

  set levels(levels: readonly number[]) {
    this.#sliders.forEach((slider, rank) => {
      slider.value = String(levels[rank]);
      tell(slider);
    });
  }

  /** Has `action` follow a press of the button called `name`. */
  onPress(name: string, action: () => void): void {
    this.#button(name)?.addEventListener("click", action);
  }

  /** Shows a button as pressed, or not. */
  pressed(name: string, isPressed: boolean): void {
    this.#button(name)?.setAttribute("aria-pressed", String(isPressed));
  }

  #button(name: string): HTMLElement | null {
    return this.#root.querySelector(`[data-press="${name}"]`);
  }
}

/** Writes a slider's level beside it. */
function tell(slider: HTMLInputElement): void {
  const text = `${(100 * Number(slider.value)).toFixed(0)} %`;
  slider.setAttribute("aria-valuetext", `${text} quantile`);
  const level = slider.parentElement?.querySelector(".level");
  if (level) level.textContent = text;
}
