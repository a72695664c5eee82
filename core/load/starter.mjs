/** Which process has started this one, as it is when this is loaded. @module */

import process from "node:process";

/** Its id; `process.ppid` is another one when it has died. */
export const starter = process.ppid;
