/**
 * In the page: replaces the fragments that the server says have changed.
 *
 * @module
 */

import { replace } from "./replace.ts";

/** What the server sends of a fragment. */
interface Changed {
  readonly id: string;
  readonly version: string;
  readonly html: string;
}

const connection = document.querySelector<HTMLElement>(".connection");
let source: EventSource | undefined;
let over = false;

// A browser has few connections to one host: pages that nobody sees give theirs back.
document.addEventListener("visibilitychange", follow);
follow();

function follow(): void {
  if (document.hidden || over) return stop();
  if (source !== undefined) return;
  source = new EventSource(`${location.pathname.replace(/\/$/, "")}/events`);
  source.addEventListener("open", () => say("Live"));
  source.addEventListener("error", () => {
    // A server that has gone for good may come back all the same.
    say("Connection lost, trying again", "lost");
  });
  source.addEventListener("fragment", ({ data }: MessageEvent<string>) => {
    const { id, version, html } = JSON.parse(data) as Changed;
    const fragment = document.querySelector<HTMLElement>(
      `[data-fragment="${CSS.escape(id)}"]`,
    );
    if (fragment === null || fragment.dataset["version"] === version) return;
    replace(fragment, html);
    fragment.dataset["version"] = version;
  });
  source.addEventListener("gone", () => end("The run has been removed"));
  source.addEventListener("end", () => {
    const serve = connection?.dataset["serve"];
    end(`The server has ended; ${serve} shows this again`);
  });
}

function end(text: string): void {
  over = true;
  stop();
  say(text);
}

function stop(): void {
  source?.close();
  source = undefined;
}

function say(text: string, state = ""): void {
  if (connection === null) return;
  connection.className = `connection ${state}`;
  if (connection.textContent !== text) connection.textContent = text;
}
