#!/bin/bash
docker run --detach \ # expect: R7017
  --name one image
