/**
 * Data sets as an archive of NumPy's arrays: MedMNIST's, Keras' `mnist.npz`.
 *
 * @module
 */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../core/lib/errors.ts";
import { ARRAY_NAMES, namedContents, setOfArrays } from "./array_set.ts";
import type { DataFormat } from "./format.ts";
import { openZip } from "./unzip.ts";

const ENDING = ".npz";
const ARRAY = ".npy";

/** One archive in a folder, or the archive that was named in a folder's place. */
export const npzFormat: DataFormat = {
  name: "NPZ",
  wanted: "one archive of NumPy's, such as pneumoniamnist.npz",
  openFile: (path) => path.endsWith(ENDING) ? found(path) : null,
  find: async (place) => {
    const names = await readdir(place).catch(() => []);
    const archives = names.filter((name) => name.endsWith(ENDING)).sort();
    const [archive, other] = archives;
    if (archive === undefined) return null;
    if (other !== undefined) {
      throw new UserError(
        `Cannot load the data set from "${place}": found ${archives.length} archives (${
          archives.slice(0, SHOWN).join(", ")
        }${archives.length > SHOWN ? ", ..." : ""}), want one`,
        {
          hint: `Name the one you want in the folder's place: "${
            join(place, archive)
          }"`,
        },
      );
    }
    return found(join(place, archive));
  },
  read: async (files) => {
    const { path, bytes } = files[CONTENT]!;
    const zip = await openZip(path, bytes);
    try {
      const names = zip.names.filter((name) => name.endsWith(ARRAY))
        .map((name) => name.slice(0, -ARRAY.length));
      const contents = namedContents(names);
      if (contents === null) {
        throw new UserError(
          `Cannot read NumPy archive "${path}": found ${
            names.length === 0 ? "no arrays" : names.sort().join(", ")
          }, want ${ARRAY_NAMES}`,
          {
            hint:
              "Write it so: numpy.savez_compressed(file, train_images=..., train_labels=..., test_images=..., test_labels=...)",
          },
        );
      }
      const arrays: Record<string, { title: string; bytes: Uint8Array }> = {};
      for (const [content, name] of Object.entries(contents)) {
        arrays[content] = {
          title: `array "${name}" of "${path}"`,
          bytes: await zip.read(name + ARRAY),
        };
      }
      return setOfArrays(arrays);
    } finally {
      zip.close();
    }
  },
};

/** What the one file holds, for people. */
const CONTENT = "archive";
/** Archives that a message names. */
const SHOWN = 4;

/** The archive tells more of a set than a folder of downloads. */
function found(path: string) {
  return { files: { [CONTENT]: path }, prefix: "", folder: path };
}
