import {
  CanvasTexture,
  Color,
  DirectionalLight,
  HemisphereLight,
  Mesh,
  MeshLambertMaterial,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  SRGBColorSpace,
  WebGLRenderer,
} from 'three';
import type { PackedHead } from '../head-data.ts';
import { type HeadPose, NEUTRAL_POSE } from '../head-pose.ts';
import { HeadModel } from './head-model.ts';

export const WIDTH = 640;
export const HEIGHT = 480;
/** From the eyes to the camera, decimetres: 82 pixels between the eyes at 640x480. */
const DISTANCE = 6.2;
const FIELD_OF_VIEW = 30;
const WALL = 0xc3c7cd;
/** A second person stands half behind the first. */
const BESIDE = { x: -1.9, z: -1.2 };

/** Who is in front of the camera: a person (alone, with another, or nobody), or a printed photo of that person. */
export type Sight = 'person' | 'two-people' | 'nobody' | 'photo';

export interface View {
  readonly sight: Sight;
  readonly pose: HeadPose;
  /** The other person's, when there are two. */
  readonly otherPose?: HeadPose;
  /** 1 is a well lit room. */
  readonly light: number;
  /** Colour of the wall as 0xRRGGBB, when it is not the hall's. */
  readonly wall?: number;
}

/** A room with a wall, a lamp, a camera and a person, painted on a canvas. */
export class CitizenScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW, WIDTH / HEIGHT, 0.1, 100);
  readonly #sky = new HemisphereLight(0xffffff, 0x8d8580, 1.9);
  readonly #lamp = new DirectionalLight(0xfff4e8, 1.6);
  readonly #wall = new Color();
  #head: HeadModel | null = null;
  #other: HeadModel | null = null;
  #photo: Mesh | null = null;

  constructor(canvas: HTMLCanvasElement, options: { readonly smooth: boolean }) {
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    this.#renderer = new WebGLRenderer({ canvas, antialias: options.smooth, preserveDrawingBuffer: true });
    this.#renderer.setSize(WIDTH, HEIGHT, false);
    this.#lamp.position.set(3, 12, 10);
    this.#scene.add(this.#sky, this.#lamp);
    this.#scene.background = this.#wall;
  }

  async setHead(head: PackedHead): Promise<void> {
    if (this.#head) this.#scene.remove(this.#head.group);
    this.#head = await HeadModel.load(head);
    this.#scene.add(this.#head.group);
    this.#aim(this.#head);
    this.#discardPhoto();
  }

  async setOther(head: PackedHead): Promise<void> {
    if (this.#other) this.#scene.remove(this.#other.group);
    this.#other = await HeadModel.load(head);
    this.#scene.add(this.#other.group);
  }

  render(view: View): void {
    if (!this.#head) return;
    const withPhoto = view.sight === 'photo';
    if (withPhoto && !this.#photo) this.#photo = this.#printPhoto();
    if (this.#photo) this.#photo.visible = withPhoto;
    if (this.#photo && withPhoto) this.#hold(this.#photo, this.#head, view.pose);
    this.#head.group.visible = view.sight === 'person' || view.sight === 'two-people';
    if (this.#head.group.visible) this.#head.take(view.pose);
    if (this.#other) {
      this.#other.group.visible = view.sight === 'two-people';
      if (this.#other.group.visible)
        this.#placeBeside(this.#other, this.#head, view.otherPose ?? NEUTRAL_POSE);
    }
    this.#sky.intensity = 1.9 * view.light;
    this.#lamp.intensity = 1.6 * view.light;
    this.#wall.set(view.wall ?? WALL).multiplyScalar(Math.min(1, view.light));
    this.#renderer.render(this.#scene, this.#camera);
  }

  /** Gives the graphics memory back; the scene is of no use afterwards. */
  dispose(): void {
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  #aim(head: HeadModel): void {
    const height = head.eyeY - 0.35;
    this.#camera.position.set(0, height, head.eyeZ + DISTANCE);
    this.#camera.lookAt(0, height, head.eyeZ);
  }

  #placeBeside(other: HeadModel, head: HeadModel, pose: HeadPose): void {
    other.take(pose);
    other.group.position.set(pose.x + BESIDE.x, pose.y + head.eyeY - other.eyeY, BESIDE.z);
  }

  /** A print of the person looking straight ahead, a quarter larger than A5, on matt paper. */
  #printPhoto(): Mesh {
    this.render({ sight: 'person', pose: NEUTRAL_POSE, light: 1 });
    const print = document.createElement('canvas');
    print.width = WIDTH;
    print.height = HEIGHT;
    print.getContext('2d')?.drawImage(this.#renderer.domElement, 0, 0);
    const texture = new CanvasTexture(print);
    texture.colorSpace = SRGBColorSpace;
    const height = 2 * (DISTANCE - 0.6) * Math.tan((FIELD_OF_VIEW * Math.PI) / 360) * 0.92;
    const paper = new Mesh(
      new PlaneGeometry((height * WIDTH) / HEIGHT, height),
      new MeshLambertMaterial({ map: texture, color: 0xdddddd, side: 2 }),
    );
    this.#scene.add(paper);
    return paper;
  }

  #hold(photo: Mesh, head: HeadModel, pose: HeadPose): void {
    photo.position.set(pose.x, head.eyeY - 0.35 + pose.y, head.eyeZ + 0.6);
    photo.rotation.set((pose.pitch * Math.PI) / 180, (pose.yaw * Math.PI) / 180, (pose.roll * Math.PI) / 180);
  }

  #discardPhoto(): void {
    if (this.#photo) this.#scene.remove(this.#photo);
    this.#photo = null;
  }
}
