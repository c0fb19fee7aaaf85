/** The picture turned by 180 degrees: its pixels in reverse. */
export function turnedPicture({ width, height, data }: ImageData): ImageData {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.byteLength >> 2);
  const turned = new Uint8ClampedArray(Uint32Array.from(pixels).reverse().buffer);
  return new ImageData(turned, width, height);
}
