import { Color, ShaderMaterial, type Texture, Vector2 } from 'three';

export interface ScreenUniforms {
  readonly first: { value: Texture | null };
  readonly second: { value: Texture | null };
  readonly secondShare: { value: number };
  /** Pixels across and down the lit area. */
  readonly pixels: { readonly value: Vector2 };
  /** Share of the picture that fits on the lit area; above 1 what is around it stays black. */
  readonly shownPart: { readonly value: Vector2 };
  readonly brightness: { value: number };
  readonly reflected: { readonly value: Color };
}

/**
 * A lit grid of pixels, each of three upright stripes (red, green, blue) with dark lines between the rows.
 *
 * A camera's pixel sees the mean over its own small area. For stripes that mean is known in closed form, so nothing is
 * sampled too coarsely here: what beats on the picture is what beats in a camera whose pixels are as coarse beside the
 * screen's. A fine or distant screen shows nothing of it, a coarse or near one does.
 */
const FRAGMENT = /* glsl */ `
  uniform sampler2D first;
  uniform sampler2D second;
  uniform float secondShare;
  uniform vec2 pixels;
  uniform vec2 shownPart;
  uniform float brightness;
  uniform vec3 reflected;
  varying vec2 at;

  /* Share of each stripe's and each row's period that is lit, and where the stripes begin. */
  const float STRIPE = 0.27;
  const float ROW = 0.86;
  const vec3 BEGINS = vec3(0.03, 0.363, 0.697);
  /* Of a camera's pixel, the part that gathers light. */
  const float APERTURE = 0.9;

  float litUpTo(float x, float duty) {
    return floor(x) * duty + min(fract(x), duty);
  }

  float litShare(float middle, float width, float duty) {
    return (litUpTo(middle + width / 2.0, duty) - litUpTo(middle - width / 2.0, duty)) / (width * duty);
  }

  void main() {
    vec2 cell = at * pixels;
    vec2 seen = max(fwidth(cell) * APERTURE, vec2(0.02));
    vec3 stripes = vec3(
      litShare(cell.x - BEGINS.r, seen.x, STRIPE),
      litShare(cell.x - BEGINS.g, seen.x, STRIPE),
      litShare(cell.x - BEGINS.b, seen.x, STRIPE)
    );
    float rows = litShare(cell.y, seen.y, ROW);
    vec2 inPicture = 0.5 + (at - 0.5) * shownPart;
    vec2 within = step(vec2(0.0), inPicture) * step(inPicture, vec2(1.0));
    vec3 shown = mix(texture2D(first, inPicture).rgb, texture2D(second, inPicture).rgb, secondShare);
    vec3 lit = shown * within.x * within.y * stripes * rows * brightness;
    gl_FragColor = vec4(lit + reflected, 1.0);
    #include <colorspace_fragment>
  }
`;

const VERTEX = /* glsl */ `
  varying vec2 at;
  void main() {
    at = uv;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }
`;

export function createScreenMaterial(): ShaderMaterial & { readonly uniforms: ScreenUniforms } {
  const uniforms = {
    first: { value: null },
    second: { value: null },
    secondShare: { value: 0 },
    pixels: { value: new Vector2(1, 1) },
    shownPart: { value: new Vector2(1, 1) },
    brightness: { value: 1 },
    reflected: { value: new Color(0, 0, 0) },
  };
  const material = new ShaderMaterial({ uniforms, vertexShader: VERTEX, fragmentShader: FRAGMENT });
  return Object.assign(material, { uniforms });
}
