/** The calls of a model, one after the other, until it is disposed of. @module */

import type { EngineInfo } from "../../engine/engine.ts";
import { onEngine } from "../../engine/turn.ts";
import { UserError } from "../../lib/errors.ts";

/** Throws where a computation may not go on. */
export type Check = () => void;

/** Calls that are computed on the model's engine. */
export interface Turns {
  /**
   * Does `work` when it is its turn; that calls `check` between batches.
   *
   * @param action begins the message where the model is disposed of
   */
  take<T>(
    action: string,
    work: (check: Check) => T | Promise<T>,
  ): Promise<T>;
  /** No more calls: those that wait or are under way end at their next check. */
  end(): void;
  /** All calls so far have ended, well or not. */
  done(): Promise<void>;
}

/** Turns of the model `label`. */
export function openTurns(
  { label, engine, threads }: {
    readonly label: string;
    readonly engine: EngineInfo;
    readonly threads: number;
  },
): Turns {
  const pending = new Set<Promise<unknown>>();
  let hasEnded = false;
  return {
    take: (action, work) => {
      const check = () => {
        if (!hasEnded) return;
        throw new UserError(`${action}: the model of ${label} is disposed of`);
      };
      const turn = onEngine(engine, { threads }, () => {
        check();
        return work(check);
      });
      pending.add(turn);
      const remove = () => pending.delete(turn);
      turn.then(remove, remove);
      return turn;
    },
    end: () => {
      hasEnded = true;
    },
    done: async () => {
      await Promise.allSettled(pending);
    },
  };
}
