/**
 * A walk through latent space, from one random point to the next.
 *
 * @module
 */

/** Time from one point to the next, in milliseconds. */
const STRIDE = 1800;

/** Moves all levels, frame by frame. */
export class Walk {
  readonly #next: () => readonly number[];
  readonly #show: (levels: readonly number[]) => void;
  #frame = 0;
  #from: readonly number[] = [];
  #to: readonly number[] = [];
  #begun = 0;

  /** `next` gives the levels to go to, `show` is told where the walk is. */
  constructor(
    next: () => readonly number[],
    show: (levels: readonly number[]) => void,
  ) {
    this.#next = next;
    this.#show = show;
  }

  get running(): boolean {
    return this.#frame !== 0;
  }

  start(from: readonly number[]): void {
    this.#turn(from, performance.now());
    this.#frame = requestAnimationFrame(this.#step);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #turn(from: readonly number[], now: number): void {
    this.#from = from;
    this.#to = this.#next();
    this.#begun = now;
  }

  readonly #step = (now: number): void => {
    const part = Math.min(1, Math.max(0, (now - this.#begun) / STRIDE));
    // Slow at both ends.
    const eased = (1 - Math.cos(Math.PI * part)) / 2;
    this.#show(this.#from.map((a, i) => a + eased * (this.#to[i]! - a)));
    if (part === 1) this.#turn(this.#to, now);
    this.#frame = requestAnimationFrame(this.#step);
  };
}
