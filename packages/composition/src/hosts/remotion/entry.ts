import { registerRoot } from 'remotion';
import { DefragVideoRoot } from './root.tsx';

registerRoot(DefragVideoRoot);
