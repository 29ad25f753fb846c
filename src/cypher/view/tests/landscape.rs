//! Records of the landscape as statements see and change them.
