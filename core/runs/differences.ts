/**
 * What differs between two values, path by path.
 *
 * @module
 */

/** One difference; a side is undefined where it lacks the path. */
export interface Difference {
  /** `train.epochs`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** What differs between two plain values; lists are compared as a whole. */
export function differences(
  before: unknown,
  after: unknown,
  path = "",
): readonly Difference[] {
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) =>
      differences(
        before[name],
        after[name],
        path === "" ? name : `${path}.${name}`,
      )
    );
  }
  return textOf(before) === textOf(after) ? [] : [{ path, before, after }];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Equal for equal values, in whichever order their keys stand. */
function textOf(value: unknown): string | undefined {
  return JSON.stringify(
    value,
    (_, inner) =>
      isObject(inner)
        ? Object.fromEntries(
          Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1),
        )
        : inner,
  );
}
