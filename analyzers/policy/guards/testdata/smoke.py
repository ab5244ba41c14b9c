# case: if production | production=yes; approved=no; guard=os.getenv("ENV") == "production"
import os
if os.getenv("ENV") == "production":
    wipe()
# case: else | production=no
import os
if os.getenv("ENV") == "production":
    pass
else:
    wipe()
# case: asked | approved=yes
def f():
    if input("Delete? [y/n]") != "y":
        return
    wipe()
