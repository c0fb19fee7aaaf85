import { PerspectiveCamera, Scene, type Texture, WebGLRenderer } from 'three';
import type { HeadId } from '../citizen-controls.ts';
import type { PackedHead } from '../head-data.ts';
import type { PropView } from '../props/prop-view.ts';
import {
  AIM_BELOW_EYES,
  DISTANCE,
  FIELD_OF_VIEW,
  HEIGHT,
  type Person,
  type Subject,
  type View,
  WIDTH,
} from '../scene-view.ts';
import { addSensorNoise } from '../sensor-noise.ts';
import { HeadModel } from './head-model.ts';
import { createProp } from './props/prop-factory.ts';
import type { HostedProp, PropHost } from './props/prop-host.ts';
import { Room } from './room.ts';
import { Snapshots } from './snapshots.ts';

/** The host of whatever stands before the camera: gives the pixels of a view. */
export class CitizenScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #room = new Room(this.#scene);
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW, WIDTH / HEIGHT, 0.1, 100);
  readonly #heads = new Map<HeadId, HeadModel>();
  /** A head or a prop that a view shows twice stands there twice: by name, number and depth of the view. */
  readonly #onStage = new Map<string, HeadModel>();
  readonly #props = new Map<string, HostedProp>();
  readonly #snapshots = new Snapshots((view) => this.#paint(view));
  readonly #bytes = new Uint8Array(WIDTH * HEIGHT * 4);
  /** How many views are being painted, one for the other. */
  #depth = 0;

  constructor() {
    const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
    // Smoothed edges take three times as long without a graphics card; the camera's noise hides the steps.
    this.#renderer = new WebGLRenderer({ canvas, antialias: false, stencil: false });
    this.#renderer.setSize(WIDTH, HEIGHT, false);
  }

  async load(packed: PackedHead): Promise<void> {
    if (!this.#heads.has(packed.id)) this.#heads.set(packed.id, await HeadModel.load(packed));
  }

  has(head: HeadId): boolean {
    return this.#heads.has(head);
  }

  /** The picture that a camera gives of a view. */
  render(view: View): ImageData {
    const upright = new Uint8ClampedArray(this.#bytes.length);
    const painted = this.#paint(view);
    const row = WIDTH * 4;
    for (let y = 0; y < HEIGHT; y++)
      upright.set(painted.subarray((HEIGHT - 1 - y) * row, (HEIGHT - y) * row), y * row);
    return new ImageData(upright, WIDTH, HEIGHT);
  }

  /** Gives the graphics memory back; the scene is of no use afterwards. */
  dispose(): void {
    this.#snapshots.discard();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  /** RGBA from the lowest row upwards, as the graphics card gives it. */
  #paint(view: View): Uint8ClampedArray<ArrayBuffer> {
    this.#depth += 1;
    const moments: readonly Subject[] = [view, ...(view.exposure ?? [])];
    const mean = moments.length > 1 ? new Float32Array(this.#bytes.length) : null;
    for (const moment of moments) {
      this.#stage(moment, view);
      this.#renderer.render(this.#scene, this.#camera);
      const gl = this.#renderer.getContext();
      gl.readPixels(0, 0, WIDTH, HEIGHT, gl.RGBA, gl.UNSIGNED_BYTE, this.#bytes);
      if (mean) add(mean, this.#bytes, 1 / moments.length);
    }
    const pixels = new Uint8ClampedArray(mean ?? this.#bytes);
    if (view.noise) addSensorNoise(pixels, { width: WIDTH, noise: view.noise });
    this.#depth -= 1;
    return pixels;
  }

  /** Props come first: for a picture that they show, the scene is set otherwise meanwhile. */
  #stage(subject: Subject, view: View): void {
    const props = this.#propsFor(subject.props ?? []);
    for (const { hosted, prop } of props) hosted.take(prop, view);
    for (const hosted of this.#props.values()) hosted.object3D.visible = false;
    for (const { hosted } of props) hosted.object3D.visible = true;
    for (const model of this.#onStage.values()) model.group.visible = false;
    for (const [number, person] of subject.people.entries()) this.#enter(person, number);
    this.#room.light(view);
    this.#camera.position.set(0, -AIM_BELOW_EYES, view.distance ?? DISTANCE);
    this.#camera.lookAt(0, -AIM_BELOW_EYES, 0);
  }

  #enter(person: Person, number: number): void {
    const key = `${person.head}/${number}`;
    let model = this.#onStage.get(key);
    if (!model) {
      model = this.#head(person.head).copy();
      this.#onStage.set(key, model);
      this.#scene.add(model.group);
    }
    model.group.visible = true;
    model.take(person.pose, person.occlusion);
  }

  #propsFor(wanted: readonly PropView[]): { readonly hosted: HostedProp; readonly prop: PropView }[] {
    return wanted.map((prop, number) => {
      const key = `${prop.kind}/${number}/${this.#depth}`;
      let hosted = this.#props.get(key);
      if (!hosted) {
        hosted = createProp(prop.kind, this.#host);
        this.#props.set(key, hosted);
        this.#scene.add(hosted.object3D);
      }
      return { hosted, prop };
    });
  }

  readonly #host: PropHost = {
    head: (id): HeadModel => this.#head(id).copy(),
    snapshot: (view): Texture => this.#snapshots.of(view),
  };

  #head(id: HeadId): HeadModel {
    const model = this.#heads.get(id);
    if (!model) throw new Error(`the head ${id} is not loaded`);
    return model;
  }
}

function add(sum: Float32Array, values: Uint8Array, share: number): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + (values[at] ?? 0) * share;
}
