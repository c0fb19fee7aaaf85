import { type CanvasTexture, Group, Mesh, MeshPhongMaterial } from 'three';
import { NEUTRAL_POSE } from '../../head-pose.ts';
import type { PhotoProp, PropView } from '../../props/prop-view.ts';
import { AIM_BELOW_EYES, HEIGHT, WIDTH } from '../../scene-view.ts';
import { cutOuts } from './cut-outs.ts';
import { faceFeatures } from './face-features.ts';
import { hold } from './hold.ts';
import { lifeSizeHeight } from './picture-size.ts';
import type { HostedProp, PropHost } from './prop-host.ts';
import { SheetGeometry } from './sheet-geometry.ts';

/** Paper is not white, and no print is as deep as what it shows. */
const PAPER = 0xdedcd6;

/** A print of a picture: flat or rolled, whole or with eyes and mouth cut out. */
export function createPhoto(host: PropHost): HostedProp {
  const sheet = new SheetGeometry();
  const material = new MeshPhongMaterial({ color: PAPER, side: 2, shininess: 25 });
  const paper = new Mesh(sheet.geometry, material);
  const neck = new Group();
  neck.add(paper);
  let cut = '';

  /** Cutting takes a picture of the whole sheet; it is done once, not for every picture. */
  function cutInto(prop: PhotoProp): void {
    const holes = prop.holes ?? [];
    const key = JSON.stringify([holes, prop.shows]);
    if (key === cut) return;
    cut = key;
    material.alphaMap?.dispose();
    material.alphaMap = holes.length === 0 ? null : stencil(host, prop);
    material.alphaTest = holes.length === 0 ? 0 : 0.5;
    material.needsUpdate = true;
  }

  return {
    object3D: neck,
    take(prop: PropView) {
      if (prop.kind !== 'photo') return;
      const hadPicture = material.map !== null;
      material.map = host.snapshot(prop.shows);
      if (!hadPicture) material.needsUpdate = true;
      const crop = prop.crop ?? { width: 1, height: 1 };
      const picture = lifeSizeHeight(prop.shows) * (prop.magnified ?? 1);
      const width = (picture * crop.width * WIDTH) / HEIGHT;
      sheet.take({ width, height: picture * crop.height, bend: prop.bend ?? null });
      sheet.crop(crop.width, crop.height);
      material.specular.setScalar(0.25 * (prop.gloss ?? 0));
      cutInto(prop);
      const behind = prop.turnsBehind ?? 0;
      hold(neck, { ...prop.held, z: prop.held.z - behind }, AIM_BELOW_EYES);
      paper.position.set(0, 0, behind);
    },
  };
}

function stencil(host: PropHost, prop: PhotoProp): CanvasTexture | null {
  const [person] = prop.shows.people;
  if (!person) return null;
  const head = host.head(person.head);
  head.take(NEUTRAL_POSE);
  return cutOuts({ holes: prop.holes ?? [], features: faceFeatures(head.group), shows: prop.shows });
}
