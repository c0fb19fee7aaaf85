import type { Face, FrameSize, Landmark } from '#renderer/camera/face.ts';

/** A frontal face of 478 points: only the ones that the code under test reads lie where they belong. */
export function syntheticFace(at: {
  readonly size: FrameSize;
  /** Point between the eyes, pixels. */
  readonly x: number;
  readonly y: number;
  readonly eyeDistance: number;
}): Face {
  const { size, eyeDistance } = at;
  const point = (dx: number, dy: number, dz = 0): Landmark => ({
    x: (at.x + dx * eyeDistance) / size.width,
    y: (at.y + dy * eyeDistance) / size.height,
    z: (dz * eyeDistance) / size.width,
  });
  const face = Array.from({ length: 478 }, () => point(0, 0.6));
  const known: Readonly<Record<number, Landmark>> = {
    468: point(-0.5, 0),
    473: point(0.5, 0),
    6: point(0, 0),
    234: point(-1.05, 0.3),
    454: point(1.05, 0.3),
    10: point(0, -0.9),
    152: point(0, 1.7, 0.1),
    50: point(-0.55, 0.6),
    280: point(0.55, 0.6),
    159: point(-0.5, -0.08),
    145: point(-0.5, 0.08),
    386: point(0.5, -0.08),
    374: point(0.5, 0.08),
    13: point(0, 1.1),
    14: point(0, 1.1),
  };
  return face.map((landmark, index) => known[index] ?? landmark);
}
