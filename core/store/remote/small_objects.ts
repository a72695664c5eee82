/**
 * Small files in a store of objects.
 *
 * @module
 */

import type { SmallFiles } from "../backend.ts";
import type { FoundObject, Objects } from "./objects.ts";

/** The small objects whose paths begin with `prefix`. */
export function smallObjects(objects: Objects, prefix: string): SmallFiles {
  const get = async (name: string): Promise<FoundObject | null> => {
    const found = await objects.get(prefix + name);
    return found === "same" ? null : found;
  };
  return {
    place: (name = "") => `${objects.location}/${prefix}${name}`,
    list: async () =>
      (await objects.list(prefix)).map(({ path, modified }) => ({
        name: path.slice(prefix.length),
        modified,
      })),
    has: async (name) => await get(name) !== null,
    read: async (name) => {
      const found = await get(name);
      return found === null ? null : Buffer.from(found.bytes).toString("utf8");
    },
    write: async (name, text) => {
      await objects.put(prefix + name, text);
    },
    touch: async (name) => {
      const found = await get(name);
      if (found === null) return;
      const { bytes, etag } = found;
      await objects.put(prefix + name, bytes, { only: { etag } });
    },
    remove: (names) => objects.remove(names.map((name) => prefix + name)),
  };
}
