/** A thread of the program: what it does comes by messages. */
require('./load.js').work();
