import '../src/require-node.ts';
