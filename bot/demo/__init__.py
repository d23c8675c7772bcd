"""The demo: the whole product on embedded defaults, with people and a past that are made up."""
