//! Format errors, and tables of query words with what they bring in.

use super::*;
