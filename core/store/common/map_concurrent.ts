/** Works at several things at a time. @module */

/** Files of an artifact on their way at once. */
const AT_ONCE = 4;

/** Does `work` for every item, a few at a time; what it gives, in their order. */
export async function mapConcurrent<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const { default: Queue } = await import("p-queue");
  const queue = new Queue({ concurrency: AT_ONCE });
  return await queue.addAll(items.map((item) => () => work(item)));
}
