/**
 * What there is to see: the list of runs, and each run.
 *
 * @module
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { existsSync } from "node:fs";
import { type InlineScript, pageScript } from "../page_script.ts";
import { REPORT_FILES } from "../paths.ts";
import type { ArtifactStore } from "../../store/store.ts";
import { type Channel, createChannel, type Fragments } from "./channel.ts";
import { overviewReader } from "./known/overview.ts";
import { layout, type LivePage } from "./pages/layout.ts";
import { overviewPage } from "./pages/overview_page.ts";
import { runPage } from "./pages/run_page.ts";
import { openStudio } from "./painting/studio.ts";
import { type Answer, livePolicy } from "./respond.ts";

/** A page, and what keeps it up to date. */
interface Room {
  page(): Promise<Answer>;
  join(request: IncomingMessage, response: ServerResponse): void;
  /** Path of the report that belongs to it; null where there is none. */
  report(): Promise<string | null>;
}

/** All pages of a server. */
export interface Rooms {
  readonly overview: Room;
  /** The room of a run by its whole name, as it stands in an address; null where there is no such run. */
  find(name: string): Promise<Room | null>;
  /** Sends the last word to all who look on. */
  close(): Promise<void>;
}

/** What {@link openRooms} works with. */
export interface RoomsOptions {
  readonly store: ArtifactStore;
  /** The project's folder. */
  readonly base: string;
}

/** Opens the pages of the runs in the folder `outputs`. */
export function openRooms(
  outputs: string,
  { store, base }: RoomsOptions,
): Rooms {
  const read = overviewReader(outputs, store);
  const channels = new Map<string, Channel>();
  const studio = openStudio(() => {
    for (const channel of channels.values()) channel.wake();
  });
  let script: Promise<InlineScript> | undefined;

  function room(
    name: string,
    page: LivePage,
    report: () => Promise<string | null>,
  ): Room {
    const channel = createChannel(page.look);
    channels.set(name, channel);
    return {
      page: async () => {
        const fragments = await page.look();
        if (fragments === null) return { status: 404, text: "It is gone" };
        script ??= pageScript(new URL("page/main.ts", import.meta.url));
        return await whole(page, fragments, await script);
      },
      join: channel.join,
      report,
    };
  }

  const overview = room(
    "",
    overviewPage(read, { outputs, base }),
    () => Promise.resolve(null),
  );
  const runs = new Map<string, Room>();
  const runOf = async (id: string) =>
    (await read()).runs.find((run) => run.id === id) ?? null;
  return {
    overview,
    find: async (name) => {
      const id = decode(name);
      const found = id === null ? null : await runOf(id);
      if (found === null) return null;
      let known = runs.get(found.id);
      if (known === undefined) {
        const page = runPage(found.id, {
          find: () => runOf(found.id),
          store,
          base,
          studio,
        });
        known = room(found.id, page, async () => {
          const run = await runOf(found.id);
          const file = join(run?.directory ?? "", REPORT_FILES.html);
          return run !== null && existsSync(file) ? file : null;
        });
        runs.set(found.id, known);
      }
      return known;
    },
    close: async () => {
      await Promise.all([...channels.values()].map((one) => one.end()));
      studio.close();
    },
  };
}

function whole(
  page: LivePage,
  fragments: Fragments,
  script: InlineScript,
): Answer {
  return {
    status: 200,
    text: layout(page, fragments, script),
    policy: livePolicy(script.hash),
  };
}

function decode(name: string): string | null {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}
