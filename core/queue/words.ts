/**
 * What workers say of stages, as the events of a run.
 *
 * @module
 */

import { describeOwner } from "../pipeline/execute/make_artifact.ts";
import type { PipelineEvent, StageNode } from "../pipeline/types.ts";
import type { StageWord } from "./job.ts";
import { formatWorker } from "./names.ts";

/** Turns words into events; a stage starts once. */
export function listener({ onEvent, reasonOf }: {
  readonly onEvent: (event: PipelineEvent) => void;
  reasonOf(key: string): string;
}): {
  start(node: StageNode): void;
  tell(node: StageNode, word: Exclude<StageWord, { type: "settled" }>): void;
} {
  const started = new Set<string>();
  const refusals = new Set<string>();
  const start = (node: StageNode) => {
    if (started.has(node.key)) return;
    started.add(node.key);
    onEvent({ type: "start", node, reason: reasonOf(node.key) });
  };
  const warn = (node: StageNode, message: string) =>
    onEvent({ type: "warn", node, message });
  const tell = (
    node: StageNode,
    word: Exclude<StageWord, { type: "settled" }>,
  ) => {
    switch (word.type) {
      case "start":
        start(node);
        break;
      case "progress":
      case "log":
      case "warn":
      case "note":
        // Its start may have been before this process looked.
        start(node);
        onEvent({ ...word, node });
        break;
      case "locked":
        onEvent({
          type: "note",
          node,
          message: `waits for ${describeOwner(word.owner)}`,
        });
        break;
      case "refused": {
        const worker = formatWorker(word.worker);
        if (refusals.has(worker + word.why)) break;
        refusals.add(worker + word.why);
        warn(node, `Worker ${worker} does not take ${node.title}: ${word.why}`);
        break;
      }
      case "again":
        warn(node, `${node.title} is tried again: ${word.message}`);
    }
  };
  return { start, tell };
}
