/**
 * Batches of images, grey or in colours, as PNG pictures: plain grids, and originals above
 * their reconstructions. Equal inputs give equal bytes.
 *
 * @module
 */
export { type GridOptions, gridPng } from "./image_grid.ts";
export { imagesPng, type PictureShape } from "./images_png.ts";
export { reconstructionPng } from "./reconstruction_grid.ts";
