import { LARGEST_FACE_PICTURE } from '#contract/face-messages.ts';
import type { FaceEmbedding } from '#domain/comparison/embedding.ts';
import { err, type Result } from '#domain/result.ts';
import { embedFace, type FaceFault, type LookSizes } from './face/embed-face.ts';
import { type FaceNetworks, loadFaceNetworks } from './network/face-networks.ts';
import type { Picture } from './picture/picture.ts';
import { readPicture } from './picture/read-picture.ts';
import { createWebpReader } from './picture/webp-reader.ts';

export interface FaceReader {
  /** Never rejects for what is in the bytes. They stay the caller's. */
  embed(question: {
    readonly bytes: Uint8Array;
    readonly from: PictureOrigin;
  }): Promise<Result<FaceEmbedding, FaceFault | 'unreadable'>>;
  /** Tensors that are held; the same number before and after every embedding. */
  readonly tensors: number;
}

export type PictureOrigin = 'frame' | 'card';

/** A face fills a third of a frame and most of a card's portrait. */
const SIZES: Readonly<Record<PictureOrigin, LookSizes>> = {
  frame: { plain: [224, 320, 160], mirrored: [320, 224, 160] },
  card: { plain: [192, 128, 224], mirrored: [128, 192, 160] },
};

/** A card's portrait is 102x126: the networks have seen few faces of 60 pixels. */
const CARD_SCALE = 4;
/** Larger portraits of a card are scaled no further than this, pixels of the longer side. */
const LARGEST_CARD = 640;

/** Loads decoders and networks from the disk. */
export async function createFaceReader(): Promise<FaceReader> {
  const [networks, readWebp] = await Promise.all([loadFaceNetworks(), createWebpReader()]);
  return {
    async embed({ bytes, from }) {
      if (bytes.length > LARGEST_FACE_PICTURE) return err('unreadable');
      const read = await readPicture(bytes, readWebp);
      if (!read.ok) return read;
      const picture = toTensor(networks, read.value, from === 'card' ? cardScale(read.value) : 1);
      try {
        return await embedFace({ networks, picture, sizes: SIZES[from] });
      } finally {
        networks.forget(picture);
      }
    },
    get tensors() {
      return networks.tensorflow.memory().numTensors;
    },
  };
}

function cardScale({ width, height }: Picture): number {
  return Math.max(1, Math.min(CARD_SCALE, LARGEST_CARD / Math.max(width, height)));
}

/** Whole numbers 0 to 255. The picture's pixels are wiped. */
function toTensor(networks: FaceNetworks, picture: Picture, scale: number) {
  const { tensorflow } = networks;
  const { width, height, pixels } = picture;
  const whole = Int32Array.from(pixels);
  pixels.fill(0);
  const plain = tensorflow.tensor3d(whole, [height, width, 3], 'int32');
  whole.fill(0);
  if (scale === 1) return plain;
  const size: [number, number] = [Math.round(height * scale), Math.round(width * scale)];
  const scaled = tensorflow.tidy(() =>
    tensorflow.cast(tensorflow.round(tensorflow.image.resizeBilinear(plain, size)), 'int32'),
  );
  networks.forget(plain);
  return scaled;
}
