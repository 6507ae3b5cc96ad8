"""The story of Riverside Clinic."""
