import { expect, test } from "vitest";
import { provisionNotes } from "../../../core/cli/progress/provision_notes.ts";

test("notes each phase, and the quarters of a long one", () => {
  const lines: string[] = [];
  const onProgress = provisionNotes({ note: (line) => lines.push(line) });
  const size = 2 ** 28;
  for (const part of [0, 0.1, 0.3, 0.31, 0.8, 1]) {
    onProgress("download", part * size, size);
  }
  onProgress("compile", 0, 1);
  onProgress("compile", 1, 1);
  expect(lines).toEqual([
    "Setting up the native engine, once for this machine; this takes a minute or two",
    "  Fetching TensorFlow (256 MiB)",
    "  Fetching TensorFlow: 25%",
    "  Fetching TensorFlow: 75%",
    "  Compiling the native engine",
  ]);
});
