/** Of the program: hub, site server and command line are one. */
export const VERSION = '0.1.0';
