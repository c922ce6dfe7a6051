import { en } from './en';

/** The texts of the window, in the language that it shows. */
export const t = en;
