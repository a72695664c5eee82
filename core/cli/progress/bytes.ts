/**
 * Progress of reading and writing, in one line of stderr that moves.
 *
 * @module
 */

import { formatBytes } from "../../runs/format.ts";

/** A line of progress, cleared when it is disposed of. */
interface ByteProgress extends Disposable {
  update(done: number, total: number): void;
}

/** `Reading 34.1 MB of 79.0 MB`; nothing where nobody looks. */
export function byteProgress(
  verb: string,
  stream: NodeJS.WriteStream = process.stderr,
): ByteProgress {
  if (!stream.isTTY) return { update: () => {}, [Symbol.dispose]: () => {} };
  return {
    update: (done, total) => {
      const text = `${verb} ${formatBytes(done)} of ${formatBytes(total)}`;
      stream.write(`\r${text}\x1b[K`);
    },
    [Symbol.dispose]: () => void stream.write("\r\x1b[K"),
  };
}
