/**
 * The painter's process: draws what it is asked for, one request after the
 * other, when nobody else wants the processor.
 *
 * @module
 */

import { constants, setPriority } from "node:os";
import { registerResolver } from "../../../load/resolver.ts";
import type { PaintRequest } from "./messages.ts";
import { paint } from "./paint.ts";

registerResolver();
try {
  setPriority(constants.priority.PRIORITY_LOW);
} catch {
  // Not everywhere; then it draws all the same.
}

// Ctrl-C reaches the whole process group; the server says when it is over.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit(0));
process.on("message", async (request: PaintRequest) => {
  const painting = await paint(request);
  if (process.connected) process.send!(painting, undefined, {}, () => {});
});
