import { BoxGeometry, Color, Group, Mesh, MeshPhongMaterial, PlaneGeometry } from 'three';
import { FLASH_RGB } from '../../../../src/domain/liveness/flash-colour.ts';
import type { PropView, ScreenProp } from '../../props/prop-view.ts';
import { AIM_BELOW_EYES, HEIGHT, type View, WIDTH } from '../../scene-view.ts';
import { hold } from './hold.ts';
import { lifeSizeHeight } from './picture-size.ts';
import type { HostedProp, PropHost } from './prop-host.ts';
import { createScreenMaterial } from './screen-material.ts';

const CASE_DEPTH = 0.08;
/** Of the light that falls on it a screen's glass throws back about this much, from whatever stands before it. */
const REFLECTED = 0.03;
/** Decimetres by which the glass lies before its case. */
const GLASS = 0.002;

/** A screen that shows one picture of a clip, or two while one fades into the other. */
export function createScreen(host: PropHost): HostedProp {
  const material = createScreenMaterial();
  const glass = new Mesh(new PlaneGeometry(1, 1), material);
  const body = new Mesh(
    new BoxGeometry(1, 1, 1),
    new MeshPhongMaterial({ color: 0x101113, specular: 0x222222, shininess: 40 }),
  );
  const device = new Group();
  device.add(glass, body);
  return {
    object3D: device,
    take(prop: PropView, standsIn: View) {
      if (prop.kind !== 'screen') return;
      const [first, second] = prop.shows;
      if (!first) return;
      const { uniforms } = material;
      uniforms.first.value = host.snapshot(first.view);
      uniforms.second.value = second ? host.snapshot(second.view) : uniforms.first.value;
      uniforms.secondShare.value = second?.share ?? 0;
      uniforms.pixels.value.set(prop.width / prop.pitch, prop.height / prop.pitch);
      const height = lifeSizeHeight(first.view) * prop.magnified;
      uniforms.shownPart.value.set((prop.width * HEIGHT) / (height * WIDTH), prop.height / height);
      uniforms.brightness.value = prop.brightness;
      uniforms.reflected.value.copy(reflection(standsIn));
      glass.scale.set(prop.width, prop.height, 1);
      glass.position.z = GLASS;
      dress(body, prop);
      hold(device, prop.held, AIM_BELOW_EYES);
    },
  };
}

function dress(body: Mesh, prop: ScreenProp): void {
  body.visible = prop.bezel > 0;
  body.scale.set(prop.width + 2 * prop.bezel, prop.height + 2 * prop.bezel, CASE_DEPTH);
  body.position.z = -CASE_DEPTH / 2;
}

/** A screen does not take on the colour that it is lit with; its glass mirrors a little of it. */
function reflection(view: View): Color {
  const room = REFLECTED * 0.5 * (view.light?.level ?? 1) * (view.light?.kind === 'dim' ? 0.3 : 1);
  const reflected = new Color(room, room, room);
  if (view.flash) {
    const [red, green, blue] = FLASH_RGB[view.flash];
    reflected.add(new Color().setRGB(red / 255, green / 255, blue / 255, 'srgb').multiplyScalar(REFLECTED));
  }
  return reflected;
}
