/**
 * What workers say of stages, as the events of a run.
 *
 * @module
 */

import type { StageEnd } from "../pipeline/execute/stage_result.ts";
import type { PipelineEvent, StageNode } from "../pipeline/types.ts";
import type { StageWord } from "./job.ts";
import { formatWorker } from "./names.ts";

/** Passes words on; a stage starts once, and what a worker refuses for is said once. */
export function listener({ onEvent, reasonOf }: {
  readonly onEvent: (event: PipelineEvent) => void;
  reasonOf(key: string): string;
}): {
  start(node: StageNode): void;
  tell(node: StageNode, word: Exclude<StageWord, StageEnd>): void;
} {
  const started = new Set<string>();
  const refusals = new Set<string>();
  const start = (node: StageNode) => {
    if (started.has(node.key)) return;
    started.add(node.key);
    onEvent({ type: "start", node, reason: reasonOf(node.key) });
  };
  const tell = (node: StageNode, word: Exclude<StageWord, StageEnd>) => {
    switch (word.type) {
      case "start":
        start(node);
        break;
      case "progress":
      case "log":
        // Its start may have been before this process looked.
        start(node);
        onEvent({ ...word, node });
        break;
      case "warn":
      case "note":
        onEvent({ ...word, node });
        break;
      case "refused": {
        const worker = formatWorker(word.worker);
        if (refusals.has(worker + word.why)) break;
        refusals.add(worker + word.why);
        const message =
          `Worker ${worker} does not take ${node.title}: ${word.why}`;
        onEvent({ type: "warn", node, message });
      }
    }
  };
  return { start, tell };
}
