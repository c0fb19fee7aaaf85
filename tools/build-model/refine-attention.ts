import {
  ALL_POINTS,
  EYE_CONTOUR,
  LEFT_EYE,
  LEFT_IRIS,
  LIPS,
  MESH_POINTS,
  RIGHT_EYE,
  RIGHT_IRIS,
} from './mesh-points.ts';
import type { ModelEditor, OperatorOptions } from './model-editor.ts';

/* BuiltinOperator and BuiltinOptions numbers of TensorFlow Lite's schema.fbs. */
const CONCATENATION = 2;
const RESHAPE = 22;
const GATHER = 36;
const MEAN = 40;
const alongLastAxis = (type: number): OperatorOptions => ({ type, write: (b) => b.addFieldInt32(0, 3, 0) });
const CONCATENATION_OPTIONS = alongLastAxis(10);
const GATHER_OPTIONS = alongLastAxis(23);
const RESHAPE_OPTIONS: OperatorOptions = { type: 17, write: () => {} };
const KEEP_DIMENSIONS: OperatorOptions = { type: 27, write: (b) => b.addFieldInt8(0, 1, 0) };

const EXPECTED_OUTPUTS = [
  'output_mesh_identity',
  'output_lips',
  'output_left_eye',
  'output_right_eye',
  'output_left_iris',
  'output_right_iris',
  'conv_faceflag',
];

/**
 * The attention model gives a mesh of 468 points and, apart from it, finer x and y of lips, eyes and irises. The task
 * runtime wants one tensor of 478 points and a presence flag, so the graph is continued by a few plain operators.
 * Returns the new outputs.
 */
export function refineAttention(model: ModelEditor): readonly number[] {
  const found = model.outputs();
  if (found.map((output) => output.name).join() !== EXPECTED_OUTPUTS.join()) {
    throw new Error(`unexpected outputs of the attention model: ${found.map((o) => o.name).join(', ')}`);
  }
  const [mesh, lips, leftEye, rightEye, leftIris, rightIris, flag] = found.map((output) => output.index) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const irisDepth = addIrisDepth(model, mesh);
  const size = 3 * MESH_POINTS + 2 * (LIPS.length + LEFT_EYE.length + RIGHT_EYE.length + 10) + 2;
  const everything = model.addFloatTensor('everything', [1, 1, 1, size]);
  model.addOperator({
    code: CONCATENATION,
    inputs: [mesh, lips, leftEye, rightEye, leftIris, rightIris, irisDepth],
    outputs: [everything],
    options: CONCATENATION_OPTIONS,
  });
  const landmarks = model.addFloatTensor('landmarks', [1, 1, 1, 3 * ALL_POINTS]);
  const index = model.addIntegerConstant('landmark_index', landmarkSources());
  model.addOperator({
    code: GATHER,
    inputs: [everything, index],
    outputs: [landmarks],
    options: GATHER_OPTIONS,
  });
  return [landmarks, flag];
}

/** The irises have no depth of their own: theirs is the mean of their eye's contour. */
function addIrisDepth(model: ModelEditor, mesh: number): number {
  const contours = [...LEFT_EYE.slice(0, EYE_CONTOUR), ...RIGHT_EYE.slice(0, EYE_CONTOUR)];
  const gathered = model.addFloatTensor('iris_depth_gathered', [1, 1, 1, contours.length]);
  const perEye = model.addFloatTensor('iris_depth_per_eye', [1, 2, EYE_CONTOUR, 1]);
  const mean = model.addFloatTensor('iris_depth_mean', [1, 2, 1, 1]);
  const flat = model.addFloatTensor('iris_depth', [1, 1, 1, 2]);
  const index = model.addIntegerConstant(
    'iris_depth_index',
    contours.map((point) => 3 * point + 2),
  );
  const perEyeShape = model.addIntegerConstant('iris_depth_per_eye_shape', [1, 2, EYE_CONTOUR, 1]);
  const axis = model.addIntegerConstant('iris_depth_axis', [2]);
  const flatShape = model.addIntegerConstant('iris_depth_shape', [1, 1, 1, 2]);
  model.addOperator({ code: GATHER, inputs: [mesh, index], outputs: [gathered], options: GATHER_OPTIONS });
  model.addOperator({
    code: RESHAPE,
    inputs: [gathered, perEyeShape],
    outputs: [perEye],
    options: RESHAPE_OPTIONS,
  });
  model.addOperator({ code: MEAN, inputs: [perEye, axis], outputs: [mean], options: KEEP_DIMENSIONS });
  model.addOperator({ code: RESHAPE, inputs: [mean, flatShape], outputs: [flat], options: RESHAPE_OPTIONS });
  return flat;
}

/** For each x, y, z of the 478 points, where it stands in the concatenation of all tensors. */
export function landmarkSources(): number[] {
  const sources = Array.from({ length: 3 * ALL_POINTS }, (_, i) => i);
  let next = 3 * MESH_POINTS;
  for (const points of [LIPS, LEFT_EYE, RIGHT_EYE, LEFT_IRIS, RIGHT_IRIS]) {
    for (const point of points) {
      sources[3 * point] = next;
      sources[3 * point + 1] = next + 1;
      next += 2;
    }
  }
  for (const point of LEFT_IRIS) sources[3 * point + 2] = next;
  for (const point of RIGHT_IRIS) sources[3 * point + 2] = next + 1;
  return sources;
}
