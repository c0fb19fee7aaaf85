import { Mesh, type Object3D, Vector3 } from 'three';

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where a head's eyes and mouth are while it is held straight; decimetres, left and right are the person's own. */
export interface FaceFeatures {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly mouth: Point;
}

/** Reads the features off the meshes of a head that has taken its neutral pose. */
export function faceFeatures(head: Object3D): FaceFeatures {
  const eyes = verticesOf(head, 'eyes');
  const teeth = verticesOf(head, 'teeth');
  return {
    leftEye: middle(eyes.filter((point) => point.x > 0)),
    rightEye: middle(eyes.filter((point) => point.x < 0)),
    mouth: middle(teeth),
  };
}

function verticesOf(head: Object3D, part: string): Point[] {
  const mesh = head.getObjectByName(part);
  if (!(mesh instanceof Mesh)) throw new Error(`a head without ${part}`);
  head.updateMatrixWorld(true);
  const position = mesh.geometry.getAttribute('position');
  return Array.from({ length: position.count }, (_, vertex) => {
    const inWorld = mesh.localToWorld(new Vector3().fromBufferAttribute(position, vertex));
    return head.worldToLocal(inWorld);
  });
}

/** The middle of the box around the points; the front of it, because that is what a camera sees. */
function middle(points: readonly Point[]): Point {
  const span = (pick: (point: Point) => number) => {
    const values = points.map(pick);
    return { least: Math.min(...values), most: Math.max(...values) };
  };
  const [x, y, z] = [span((p) => p.x), span((p) => p.y), span((p) => p.z)];
  return { x: (x.least + x.most) / 2, y: (y.least + y.most) / 2, z: z.most };
}
