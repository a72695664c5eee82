/**
 * Values of files, a few at a time: a system opens no set of thousands at once.
 *
 * @module
 */

const AT_ONCE = 32;

/** What `make` gives of each value of `record`, under the same names. */
export async function ofEach<T>(
  record: Readonly<Record<string, string>>,
  make: (value: string) => Promise<T>,
): Promise<Readonly<Record<string, T>>> {
  const { default: Queue } = await import("p-queue");
  const queue = new Queue({ concurrency: AT_ONCE });
  const made = await queue.addAll(
    Object.entries(record).map(([name, value]) => async () =>
      [name, await make(value)] as const
    ),
  );
  return Object.fromEntries(made);
}
