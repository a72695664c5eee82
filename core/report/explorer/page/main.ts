/**
 * The explorer in the page: finds what the section has drawn, and brings it to
 * life.
 *
 * @module
 */

import type { ExplorerData } from "../data.ts";
import { unpackModel } from "../explored_model.ts";
import { Controls } from "./controls.ts";
import { Screens } from "./screens.ts";
import { uniforms } from "./uniforms.ts";
import { Walk } from "./walk.ts";

const data = document.querySelector("#explorer-data");
const root = document.querySelector<HTMLElement>(".explorer");
if (data !== null && root !== null) {
  start(root, JSON.parse(data.textContent ?? "") as ExplorerData);
}

function start(root: HTMLElement, { models }: ExplorerData): void {
  const screens = new Screens(root, models.map(unpackModel));
  const controls = new Controls(root);
  const uniform = uniforms();
  const draw = () => controls.levels.map(uniform);
  const walk = new Walk(draw, (levels) => {
    controls.levels = levels;
    screens.draw(levels);
  });

  const show = (levels: readonly number[]) => {
    controls.levels = levels;
    // As the sliders round them.
    screens.draw(controls.levels);
    screens.describe(null, controls.levels);
  };
  controls.onSlide = (rank) => {
    stop();
    screens.draw(controls.levels);
    screens.describe(rank, controls.levels);
  };
  controls.onPress("random", () => {
    stop();
    show(draw());
  });
  controls.onPress("median", () => {
    stop();
    show(controls.levels.map(() => 0.5));
  });
  controls.onPress("animate", () => {
    if (walk.running) return stop();
    controls.pressed("animate", true);
    walk.start(controls.levels);
  });
  function stop(): void {
    if (!walk.running) return;
    walk.stop();
    controls.pressed("animate", false);
    screens.describe(null, controls.levels);
  }

  show(draw());
  root.hidden = false;
}
