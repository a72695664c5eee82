/**
 * What a data set is called that is not MNIST by its checksums: by its folder,
 * or where any folder may be called so (`raw`), by its files' prefix or by the
 * folders above.
 *
 * @module
 */

import { tmpdir } from "node:os";
import { basename, dirname } from "node:path";
import { homeFolder } from "../core/lib/home.mjs";

/** The name of a data set. */
export interface SetName {
  /** `FashionMNIST` of `FashionMNIST/raw`; `"mnist" (not MNIST)`. */
  readonly name: string;
  /** What says MNIST and is wrong, `mnist`; null where nothing does. */
  readonly claim: string | null;
}

/** Names a set that is not MNIST by its folder and the prefix of its files. */
export function nameOf(folder: string, prefix: string): SetName {
  const own = [basename(folder, ".npz"), prefix];
  const telling = own.find((name) => !isGeneric(name) && !saysMnist(name));
  if (telling !== undefined) return { name: telling, claim: null };
  let claim = own.find(saysMnist);
  for (const name of namesAbove(folder)) {
    if (VARIETY.test(name)) return { name, claim: null };
    if (isGeneric(name)) continue;
    if (saysMnist(name)) claim ??= name;
    else if (claim === undefined) return { name, claim: null };
    break;
  }
  return claim === undefined
    ? { name: own[0] || "data", claim: null }
    : contradict(claim);
}

/** The name of a set that only says that it is MNIST. */
export function contradict(claim: string): SetName {
  return { name: `"${claim}" (not MNIST)`, claim };
}

/** Words that may be in the name of any folder of data. */
const GENERIC =
  /^(?:my|raw|data|datasets?|files?|folder|dir|images?|labels?|pictures?|train(?:ing)?|test(?:ing)?|idx\d?|ubyte|bin(?:ary)?|csv|npy|npz|png|gz|gzip|tar|tgz|zip|unzipped|extracted|unpacked|archives?|processed|inputs?|downloads?|cache|copy|backup|old|new|original|tmp|temp|\d+)$/;
/** Sets that have MNIST in their names by right, whatever else is there. */
const VARIETY =
  /(?:path|chest|derma|oct|pneumonia|retina|breast|blood|tissue|organ[acs]|fashion|kuzushiji|binari[sz]ed|moving|colou?red|rotated|permuted)[-_ ]?mnist|(?:^|[^a-z])(?:not|med|[ekq])[-_ ]?mnist/i;
/** Folders above that may give a name. */
const ABOVE = 2;

/** Whether a name says nothing of a set: `data`, `raw`. */
export function isGeneric(name: string): boolean {
  return wordsOf(name).every((word) => GENERIC.test(word));
}

/** Whether a name says MNIST and no set that is called after it: `mnist10k`, `my-MNIST`. */
function saysMnist(name: string): boolean {
  return /mnist/i.test(name) && !VARIETY.test(name);
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** The nearest first; neither a home nor the top of a disk says what is in it. */
function namesAbove(folder: string): string[] {
  const names: string[] = [];
  const ends = [homeFolder(), tmpdir()];
  let path = dirname(folder);
  while (
    names.length < ABOVE && !ends.includes(path) &&
    dirname(path) !== dirname(dirname(path))
  ) {
    names.push(basename(path));
    path = dirname(path);
  }
  return names;
}
