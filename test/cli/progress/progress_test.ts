import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { barProgress } from "../../../core/cli/progress/bars.ts";
import { lineProgress } from "../../../core/cli/progress/lines.ts";
import type { StageNode } from "../../../core/pipeline/types.ts";
import { fakeOutcome, fakePlan } from "../fake_plan.ts";

let node: StageNode;
let written: string[];
let clock: number;
const stream = { write: (text: string) => written.push(text) };
const terminal = {
  ...stream,
  isTTY: true,
  columns: 120,
  rows: 20,
  on: () => {},
  once: () => {},
  removeListener: () => {},
} as unknown as NodeJS.WriteStream;

beforeEach(async () => {
  node = (await fakePlan()).nodes.get("t")!;
  written = [];
  clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
});
afterEach(() => void vi.restoreAllMocks());

function at(time: number, done: number) {
  clock = time;
  return {
    type: "progress" as const,
    node,
    done,
    total: 100,
    fields: { loss: 104.23 },
  };
}

const end = () => ({
  type: "end" as const,
  node,
  outcome: fakeOutcome("train", "done"),
});

test("lines come at the start, now and then, and at the end", () => {
  const { onEvent } = lineProgress({ stream });
  onEvent({ type: "start", node, reason: "new" });
  onEvent(at(0, 0));
  onEvent(at(500, 50)); // too soon
  onEvent(at(2000, 52)); // more than a tenth
  onEvent(at(4000, 54)); // neither a tenth nor ten seconds
  onEvent(at(12_500, 55)); // ten seconds
  onEvent({ type: "warn", node, message: "careful" });
  onEvent(end());
  onEvent(end());
  expect(written).toEqual([
    'train "Fake": started (new)\n',
    'train "Fake": 52%  26/s  loss 104.2  1.8 s left\n',
    'train "Fake": 55%  4.4/s  loss 104.2  10 s left\n',
    'warning: train "Fake": careful\n',
    "train: done in 1.5 s\n",
  ]);
});

test("quiet lines are warnings only", () => {
  const { onEvent, note } = lineProgress({ stream, quiet: true });
  onEvent({ type: "start", node, reason: "new" });
  onEvent({ type: "warn", node, message: "careful" });
  onEvent(end());
  note("hello");
  expect(written).toEqual(['warning: train "Fake": careful\n']);
});

test("bars of long titles can be told apart", () => {
  const display = barProgress(terminal);
  for (const digest of ["#1a2b3c4d", "#5e6f7a8b"]) {
    const title = `train Wide([0.1234,0.1334,0.1434,0.1… ${digest}`;
    const one = { ...node, key: digest, title };
    display.onEvent({ type: "start", node: one, reason: "new" });
  }
  display.stop();
  const screen = written.join("");
  expect(screen).toContain("train Wide([0.1234…#1a2b3c4d");
  expect(screen).toContain("train Wide([0.1234…#5e6f7a8b");
});

test("control characters of titles and messages are shown", () => {
  const evil = "\x1b]0;x\x07\x1b[2J";
  for (const display of [lineProgress({ stream }), barProgress(terminal)]) {
    const one = { ...node, title: `t${evil}` };
    display.onEvent({ type: "start", node: one, reason: evil });
    display.onEvent({ type: "warn", node: one, message: evil });
    display.onEvent({ type: "note", node: one, message: evil });
    display.note(evil);
    display.stop();
  }
  const screen = written.join("");
  // deno-lint-ignore no-control-regex
  expect(screen).not.toMatch(/\x07|\x1b\]|\x1b\[2J/);
  expect(screen).toContain("warning: t\\u001b]0;x\\u0007\\u001b[2J: ");
});

test("a bar shows title, percent, rate, loss and time left", () => {
  const display = barProgress(terminal);
  display.onEvent({ type: "start", node, reason: "new" });
  display.onEvent(at(0, 0));
  display.onEvent(at(2000, 50));
  display.note("a note");
  display.stop();
  const screen = written.join("");
  expect(screen).toMatch(
    /train "Fake" .*█{12}░{12} .*50% +25\/s +loss 104\.2 +2\.0 s left/,
  );
  expect(screen).toContain("a note\n");
});
