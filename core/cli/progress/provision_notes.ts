/**
 * The set-up of the native engine, as lines.
 *
 * @module
 */

import type { ProvisionProgress } from "../../engine/native/provision.ts";

const WORDS: Readonly<Record<Parameters<ProvisionProgress>[0], string>> = {
  wait: "Waiting for another process that sets up the native engine",
  compiler: "Fetching a C++ compiler",
  download: "Fetching TensorFlow",
  unpack: "Unpacking TensorFlow",
  compile: "Compiling the native engine",
  verify: "Trying the native engine",
  install: "Putting the native engine in place",
};

/** A listener that notes each phase, and every quarter of the long ones. */
export function provisionNotes(
  display: { note(line: string): void },
): ProvisionProgress {
  let phase: string | undefined;
  let quarter = 0;
  return (now, done, total) => {
    if (now !== phase) {
      if (phase === undefined) {
        display.note(
          "Setting up the native engine, once for this machine; this takes a minute or two",
        );
      }
      phase = now;
      quarter = 0;
      display.note(`  ${WORDS[now]}${total > 1 ? ` (${mebi(total)})` : ""}`);
    }
    const reached = Math.floor(4 * done / total);
    if (total <= 1 || reached <= quarter || reached >= 4) return;
    quarter = reached;
    display.note(`  ${WORDS[now]}: ${25 * quarter}%`);
  };
}

function mebi(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}
