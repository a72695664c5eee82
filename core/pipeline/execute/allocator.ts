/**
 * Settings of glibc's allocator, read at the start of a process: a step's large
 * tensors are kept for the next step instead of going back to the system, which
 * would hand out and clear every page anew.
 *
 * @module
 */

/** Environment of a process that trains. */
export const ALLOCATOR: Readonly<Record<string, string>> = {
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 31),
};
