/**
 * Colours that tell classes apart: ten that were chosen, and as many more as
 * are wanted, each as far from those before it as can be.
 *
 * @module
 */

/** There are so many; past these they come again. */
export const LABEL_COLORS = 64;

/** A CSS colour for a class, or for whatever else stands at a place from 0 on. */
export function labelColor(place: number): string {
  return `var(--label-${place % LABEL_COLORS})`;
}

/** A background, with what is drawn on it. */
interface Theme {
  readonly chosen: readonly string[];
  /** Lightness of further colours in OKLCH: 3:1 against the cards. */
  readonly lightness: readonly number[];
}

const THEMES: Readonly<Record<"light" | "dark", Theme>> = {
  light: {
    chosen: [
      ...["#4269d0", "#c07d00", "#e0432f", "#2b9a86", "#3c8a3a"],
      ...["#d6579a", "#8a4fd0", "#3d93c8", "#8b5e45", "#6f7885"],
    ],
    lightness: [0.38, 0.5, 0.62],
  },
  dark: {
    chosen: [
      ...["#8aa5f5", "#efb118", "#ff8370", "#6cc5b0", "#6fcf6c"],
      ...["#ff9bc8", "#c093f5", "#97d0f5", "#c9a085", "#b9c0cb"],
    ],
    lightness: [0.62, 0.77, 0.92],
  },
};

const HUES = 30;
const CHROMAS = [0.04, 0.1, 0.16, 0.22];

/** The style sheet's `--label-0` to `--label-63`. */
export function labelVariables(theme: "light" | "dark"): string {
  const { chosen, lightness } = THEMES[theme];
  return furtherColors(chosen, candidates(lightness))
    .map((color, i) => `--label-${i}: ${color};`).join(" ");
}

/** A place in OKLab, where equal distances look alike. */
type Lab = readonly [number, number, number];

/** Takes of `from` what lies farthest from all that has been taken. */
function furtherColors(
  chosen: readonly string[],
  from: readonly string[],
): readonly string[] {
  const taken = [...chosen];
  const left = from.map((color) => {
    const lab = labOf(color);
    return { color, lab, far: Infinity };
  });
  const measure = (color: string) => {
    const lab = labOf(color);
    for (const one of left) one.far = Math.min(one.far, distance(one.lab, lab));
  };
  chosen.forEach(measure);
  while (taken.length < LABEL_COLORS) {
    const next = left.reduce((best, one) => one.far > best.far ? one : best);
    taken.push(next.color);
    measure(next.color);
  }
  return taken;
}

/** Colours of a screen, evenly about the circle of hues. */
function candidates(lightness: readonly number[]): readonly string[] {
  return lightness.flatMap((l) =>
    CHROMAS.flatMap((chroma) =>
      Array.from({ length: HUES }, (_, i) => {
        const hue = 2 * Math.PI * i / HUES;
        return hexOf([l, chroma * Math.cos(hue), chroma * Math.sin(hue)]);
      })
    )
  ).filter((color) => color !== null);
}

function distance(one: Lab, other: Lab): number {
  return Math.hypot(...one.map((value, i) => value - other[i]!));
}

/** `#rrggbb`; null where no screen has it. Formulas of Björn Ottosson (2020). */
function hexOf([l, a, b]: Lab): string | null {
  const [long, medium, short] = [
    l + 0.3963377774 * a + 0.2158037573 * b,
    l - 0.1055613458 * a - 0.0638541728 * b,
    l - 0.0894841775 * a - 1.291485548 * b,
  ].map((value) => value ** 3) as [number, number, number];
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  if (linear.some((value) => value < 0 || value > 1)) return null;
  const bytes = linear.map((value) =>
    Math.round(
      255 *
        (value <= 0.0031308
          ? 12.92 * value
          : 1.055 * value ** (1 / 2.4) - 0.055),
    )
  );
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function labOf(color: string): Lab {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const [long, medium, short] = [
    0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
    0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
    0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
  ].map(Math.cbrt) as [number, number, number];
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}
