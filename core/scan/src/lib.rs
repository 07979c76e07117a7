//! A luma frame in, symbols out; the camera behind a feature.
