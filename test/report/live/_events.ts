/** Server-sent events, read as a browser would. @module */

import { onTestFinished } from "vitest";

/** An event. */
export interface ServerEvent {
  readonly event: string;
  readonly data: { readonly id?: string; readonly html?: string };
}

/** Events of an address, one after the other. */
export interface Events {
  /** The next one that `wanted` says yes to; whatever comes before it is passed over. */
  next(wanted: (event: ServerEvent) => boolean): Promise<ServerEvent>;
}

/** Listens to `url` until the end of the test. */
export async function listenTo(url: string): Promise<Events> {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const response = await fetch(url, { signal: controller.signal });
  const reader = response.body!.pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  return {
    next: async (wanted) => {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const event = parse(text.slice(0, end));
          text = text.slice(end + 2);
          if (event !== null && wanted(event)) return event;
          continue;
        }
        const { done, value } = await reader.read();
        if (done) throw new Error("The server has ended");
        text += value;
      }
    },
  };
}

function parse(block: string): ServerEvent | null {
  const match = /^event: (.*)\ndata: (.*)$/.exec(block);
  return match === null
    ? null
    : { event: match[1]!, data: JSON.parse(match[2]!) };
}
